DROP TABLE abuse_strikes;
