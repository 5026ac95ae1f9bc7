"""From labelled photos to the shipped recognisers; nothing here knows where progress is shown."""
