revenue = {'North': 3478.43, 'East': 1784.23, 'South': 1215.76}
