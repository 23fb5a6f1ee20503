import pandas as pd

shares = pd.Series({'very happy': 22.8, 'happy': 38.0, 'neutral': 29.1, 'unhappy': 10.1, 'very unhappy': 0.0})
