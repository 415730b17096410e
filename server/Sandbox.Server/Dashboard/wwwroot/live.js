// Keeps an open page fresh: hears of changes, reads the same page again and swaps what differs.
export {};
