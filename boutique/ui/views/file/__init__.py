"""The file of a person: header, journey, interviews, plan, referrals, answers, history."""
