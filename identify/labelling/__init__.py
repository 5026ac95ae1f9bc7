"""From what people say to labels, and from labels to what a model is trained on."""
