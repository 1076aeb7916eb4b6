"""What pages, actions and the gateway read about rooms, by noun."""
