/// Walk-forward splits: choose on a window of the past, judge on the window that follows, step on.
public enum WalkForward {
  /// Where the training window starts.
  public enum Window: String, CaseIterable, Codable, Sendable {
    /// It keeps its length and moves along.
    case rolling
    /// It starts at the first bar and grows.
    case anchored
  }

  /// The splits, in the order of time.
  ///
  /// Shapes and units: all in bars. The first split trains on the first `training` bars and, after `gap` bars
  /// that neither side uses, tests on `test` bars; each further split is `step` bars later (by default
  /// `test`, so that test windows neither overlap nor leave a bar out). Bars at the end that fill no test
  /// window are not used.
  ///
  /// Errors: ``StatisticsError/split(_:found:needed:)`` for a window that is empty or does not fit.
  ///
  /// Reference: López de Prado 2018, "Advances in financial machine learning", section 11.2.
  public static func splits(
    bars: Int, training: Int, test: Int, step: Int? = nil, gap: Int = 0, window: Window = .rolling
  ) throws(StatisticsError) -> [BarSplit] {
    let step = step ?? test
    let most = max(bars, 1)
    try BarSplit.check("training window", training, in: 1...most)
    try BarSplit.check("test window", test, in: 1...most)
    try BarSplit.check("step", step, in: 1...most)
    try BarSplit.check("gap", gap, in: 0...most)
    try BarSplit.check("training window, gap and test window together", training + gap + test, in: 1...most)
    return stride(from: training + gap, through: bars - test, by: step).map { start in
      let end = start - gap
      return BarSplit(
        training: (window == .rolling ? end - training : 0)..<end, test: start..<start + test)
    }
  }
}
