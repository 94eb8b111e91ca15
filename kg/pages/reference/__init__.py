"""What does every word mean, and what is it called elsewhere?"""
