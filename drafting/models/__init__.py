"""Models: a spec such as `openai:NAME` or `gguf:NAME` opened as something that can be asked.

Importing this package is cheap: openai, langchain and xllamacpp are imported when a model is opened, not before.
"""

from drafting.models.choice import Choice, choose
from drafting.models.conversation import Answer, Message, Outcome
from drafting.models.model import Askable, Model, Unit
from drafting.models.opening import open_batches, open_model
from drafting.models.spec import ModelSpec

__all__ = [
    "Answer",
    "Askable",
    "Choice",
    "Message",
    "Model",
    "ModelSpec",
    "Outcome",
    "Unit",
    "choose",
    "open_batches",
    "open_model",
]
