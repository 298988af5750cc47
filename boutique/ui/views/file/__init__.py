"""The file of a person, `view`: header, journey, interviews, plan, referrals, answers, history."""
