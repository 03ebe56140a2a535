/// Something came in between: the transaction has to begin again.
struct BeginAgain: Error {}
