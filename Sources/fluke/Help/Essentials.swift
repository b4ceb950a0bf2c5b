/// The options that most people need, of the commands that have more than a page of them.
enum Essentials {
  static let byCommand: [String: Set<String>] = [
    "sweep": [
      "data", "from", "to", "family", "count", "signals", "direction", "stop-loss", "take-profit", "train",
      "fee-bps", "slippage-bps", "fill", "select", "minimum-trades", "walk-forward", "benchmark", "output",
      "json", "fail-unless-skill", "quiet",
    ],
    "trials": [
      "trials", "strategies", "market", "edge", "data", "from", "to", "family", "seed", "direction", "train",
      "fee-bps", "fill", "select", "minimum-trades", "spa", "resume", "output", "json", "quiet",
    ],
  ]

  /// What stands in place of an option for each parameter of a family.
  static let parameters =
    "--fast, --slow, --period, … set the parameters of a family: a value, a list a,b,c or a range from:to:step. "
    + "`fluke families` lists them with their units and defaults."
}
