/// The options that most people need, of the commands that have more than a page of them.
enum Essentials {
  static let byCommand: [String: Set<String>] = [
    "sweep": [
      "data", "from", "to", "family", "count", "signals", "direction", "stop-loss", "take-profit", "train",
      "fee-bps", "slippage-bps", "fill", "select", "minimum-trades", "walk-forward", "cpcv", "benchmark",
      "output", "json", "fail-unless-skill", "shard", "resume", "quiet",
    ],
    "trials": [
      "trials", "strategies", "market", "edge", "spa", "seed", "data", "from", "to", "family", "signals",
      "direction", "train", "fee-bps", "fill", "select", "minimum-trades", "output", "json", "shard",
      "resume", "quiet",
    ],
  ]

  /// What stands in place of an option for each parameter of a family.
  static let parameters =
    "--fast, --slow, --period, …: `fluke families` lists them with their units and defaults."
}
