lowest = {'cable': -3, 'filters': -5, 'hinges': -5, 'lamps': -5}
