"""The page: Gradio blocks, the guarded server, pure functions from answers to HTML."""
