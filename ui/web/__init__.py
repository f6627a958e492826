"""The browser: a door that lets people in, and pages. Layout is in `pages`, what they do in `handlers`, which know no Gradio."""
