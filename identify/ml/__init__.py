"""Where torch, timm, cv2 and the runtime live; no Django. Heavy imports stand inside functions."""
