import Backtesting

extension Workplace {
  /// Shows that `work` is done while `body` runs, which cannot be counted.
  func showing<Result>(_ work: String, _ body: () throws -> Result) rethrows -> Result {
    let progress = RunProgress()
    watch(work, 0, progress)
    defer { watch("", 0, progress) }
    return try body()
  }
}
