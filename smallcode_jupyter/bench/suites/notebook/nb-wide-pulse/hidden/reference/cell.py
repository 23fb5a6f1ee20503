questions = [name for name in pulse.columns if name.startswith("q")]
answers = pulse[questions].where(pulse[questions] > 0)
lowest = answers.mean().nsmallest(5)
weakest = [(question, round(float(mean), 3)) for question, mean in lowest.items()]
