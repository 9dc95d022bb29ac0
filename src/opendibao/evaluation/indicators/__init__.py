"""The indicators: each a folder with indicator.py and cases.yaml, found by the machine."""
