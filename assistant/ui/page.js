// What the page does without the server: scrolls to the quote, copies a citation, keeps input methods from sending early.
(() => {
  const narrow = () => window.matchMedia('(max-width: 899px)').matches;
  let asked = null; // the place that a person clicked and that is not shown yet
  let lastMark = null; // where to go back to from the evidence panel

  const keyOf = (button) => `${button.dataset.letter}:${button.dataset.start}:${button.dataset.end}`;
  const panel = () => document.querySelector('#fw-evidence .fw-panel');

  const showPlace = () => {
    const shown = panel();
    if (!shown) return;
    const letter = shown.querySelector('.fw-letter');
    const hit = shown.querySelector('.fw-hit');
    if (letter) {
      const down = hit ? hit.getBoundingClientRect().top - letter.getBoundingClientRect().top : 0;
      letter.scrollTop = hit ? letter.scrollTop + down - letter.clientHeight / 3 : 0;
    }
    if (asked !== null && narrow()) shown.scrollIntoView({block: 'start'});
    asked = null;
    markCurrent();
  };

  const markCurrent = () => {
    const key = panel()?.dataset.key;
    for (const button of document.querySelectorAll('#fw-log button[data-letter]')) {
      if (key && keyOf(button) === key) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
  };

  const copy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = Object.assign(document.createElement('textarea'), {value: text});
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  };

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.letter !== undefined) {
      asked = keyOf(button);
      lastMark = button;
      if (panel()?.dataset.key === asked) showPlace();
    } else if (button.dataset.copy !== undefined) {
      await copy(button.dataset.copy);
      button.textContent = '已复制';
      setTimeout(() => { button.textContent = '复制引文'; }, 1500);
    } else if (button.dataset.goto !== undefined) {
      document.getElementById(button.dataset.goto)?.scrollIntoView({block: 'start'});
    } else if (button.dataset.back !== undefined) {
      const target = lastMark?.isConnected ? lastMark : document.querySelector('#fw-log');
      target.scrollIntoView({block: 'center'});
      target.focus?.({preventScroll: true});
    }
  });

  // Enter that chooses a word in a Chinese input method must not send the question.
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.stopPropagation();
  }, true);

  // A new question goes to the top and stays there while its answer grows, until the reader scrolls.
  let turns = 0;
  let pinned = false;
  const newTurn = () => {
    const all = document.querySelectorAll('#fw-log .fw-turn');
    if (all.length > turns) pinned = true;
    turns = all.length;
    if (pinned && turns) all[turns - 1].scrollIntoView({block: 'start'});
    if (!document.querySelector('#fw-log .fw-status')) pinned = false;
    markCurrent();
  };
  for (const kind of ['wheel', 'touchmove', 'mousedown', 'keydown']) {
    document.addEventListener(kind, () => { pinned = false; }, {passive: true});
  }

  // Gradio's own messages are English; a text without Chinese is said in Chinese.
  const said = [
    [/connection/i, '与服务断开了，正在重连；输入的内容还在，请稍后再提问。'],
    [/queue is full/i, '现在提问的人太多，请稍后再试；问题还在输入框里。'],
    [/^(error|warning|info)$/i, '提示'],
  ];
  const translate = (toasts) => {
    const walker = document.createTreeWalker(toasts, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const words = walker.currentNode.data.trim();
      if (!/[a-z]{3}/i.test(words) || /[\u4e00-\u9fff]/.test(words)) continue;
      walker.currentNode.data = said.find(([pattern]) => pattern.test(words))?.[1] ?? '没有成功，请再试一次。';
    }
  };

  const watch = () => {
    const log = document.querySelector('#fw-log');
    const side = document.querySelector('#fw-evidence');
    const toasts = document.querySelector('.toast-wrap');
    if (!log || !side || !toasts) { setTimeout(watch, 100); return; }
    document.documentElement.lang = 'zh-CN';
    log.setAttribute('role', 'log');
    let key = null;
    new MutationObserver(() => translate(toasts)).observe(toasts, {childList: true, subtree: true, characterData: true});
    new MutationObserver(newTurn).observe(log, {childList: true, subtree: true});
    new MutationObserver(() => {
      const now = panel()?.dataset.key;
      if (now !== key) { key = now; showPlace(); }
    }).observe(side, {childList: true, subtree: true, attributes: true, attributeFilter: ['data-key']});
  };
  watch();
})();
