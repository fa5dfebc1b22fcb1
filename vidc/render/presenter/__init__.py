"""presenter: the person who speaks, drawn here: a stand-in that nobody takes for the service's actor."""
