class Progress:
    """Tells a state when it has changed, and ends what takes too long."""

    def __init__(self):
        self.told = None
        self.deadline = time.monotonic() + WAIT_HOURS * 3600

    def tell(self, state):
        if state != self.told:
            print(time.strftime("%H:%M:%S"), "", state, flush=True)
            self.told = state
        if time.monotonic() > self.deadline:
            raise Stop(f"It has taken {WAIT_HOURS:g} hours: run the script again to wait longer.")
        time.sleep(POLL_SECONDS)
