import Statistics

/// The returns by which the winner is judged, everywhere alike: those that count where doing nothing is the benchmark, and
/// otherwise those of all bars, less the benchmark or each strategy's own exposure to it.
struct TestedSample: Sendable {
  /// What one of the returns is: `bar`, or `bar in the market`.
  let unit: String
  /// The winner's, in the order of time.
  let winnerReturns: [Double]
  /// Their moments: those that go with ``winnerSharpePerReturn``.
  let winnerMoments: ReturnMoments
  let winnerSharpePerReturn: Double
  /// For each strategy its Sharpe ratio per return; NaN where undefined.
  let sharpesPerReturn: [Double]
  /// For each strategy the number of its returns.
  let returnCounts: [Int]

  init(_ evidence: Evidence, threads: Int = 1) {
    guard evidence.isComparedWithMore else {
      unit = evidence.unit
      winnerReturns = evidence.winnerReturns
      winnerMoments = evidence.winnerMoments
      winnerSharpePerReturn = evidence.winnerSharpePerReturn
      sharpesPerReturn = evidence.sharpesPerReturn
      returnCounts = evidence.returnCounts
      return
    }
    let returns = evidence.testedReturns(of: evidence.winner)
    unit = "bar"
    winnerReturns = returns
    winnerMoments = ReturnMoments(returns)
    winnerSharpePerReturn = winnerMoments.sharpePerBar
    sharpesPerReturn = evidence.testedSharpes(threads: threads)
    returnCounts = Array(repeating: evidence.tested.bars, count: evidence.strategies)
  }

  /// What a Sharpe ratio of `count` returns is multiplied by before it is Student's t over √`count`: that of trades has the
  /// deviation with n, Student's that with n - 1.
  func studentFactor(count: Int) -> Double {
    unit == "bar" || count < 1 ? 1 : (Double(count - 1) / Double(count)).squareRoot()
  }
}
