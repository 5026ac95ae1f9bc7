"""What curation computes. Pure: values in, values out, no Django."""
