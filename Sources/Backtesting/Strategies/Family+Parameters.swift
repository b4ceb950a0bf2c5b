extension Family {
  /// Thresholds of linear strategies where none are given: in the market about a third of the time.
  public static let linearThresholds = (entry: 0.5, exit: 0.0)

  /// What its strategies do, in a line.
  public var summary: String {
    switch self {
    case .coinflip: "long on bars that a coin chooses"
    case .linear: "long while a weighted sum of features is high, with random weights or those of --weights"
    case .signals: "long on the bars that a file chooses"
    default: RuleFamily(self)?.summary ?? ""
    }
  }

  /// The parameters that make one strategy different from another.
  public var axes: [RuleFamily.Axis] {
    let (entry, exit) = Self.linearThresholds
    return self == .linear
      ? [
        .real("entry", short(entry), in: -1e6...1e6, "opens above this score, one value"),
        .real("exit", short(exit), in: -1e6...1e6, "closes below this score, one value"),
      ] : RuleFamily(self)?.axes ?? []
  }
}
