"""What the model is told, as data: prompt templates (*.md) and report profiles (profiles/*.yaml)."""
