import Statistics

/// Columns that are the running sum, or the compounded growth, of another column of the same file.
///
/// Of the first 64 columns each is compared with each other: the steps of one, x[t] - x[t-1] or
/// (1 + x[t])/(1 + x[t-1]) - 1, have to be the other's numbers, but for squares that make less than a thousandth of theirs
/// in all. Numbers with four decimals and a deviation of 0.01 differ from their sums by a forty-thousandth; of strategies
/// that have nothing to do with each other, or are multiples, steps differ by more than the numbers themselves. So ten bars
/// suffice.
struct SumsBeside {
  private static let mostColumns = 64
  private static let fewestBars = 10
  /// Bars that tell nearly every pair apart.
  private static let glance = 8
  private static let most = 1e-3

  /// - Parameters:
  ///   - names: of the columns.
  ///   - pass: the beginning of a remedy.
  /// - Throws: ``ReturnsFault/otherValues(found:remedy:)`` if there is one.
  static func check(_ matrix: ReturnMatrix, names: [String], pass: String) throws(ReturnsFault) {
    guard matrix.bars >= fewestBars else { return }
    let columns = (0..<min(matrix.strategies, mostColumns)).map { matrix.column($0) }
    for (number, levels) in columns.enumerated() {
      // A glance makes few of them.
      let steps = zip(levels.dropFirst(), levels).lazy
      let added = steps.map { $0 - $1 }
      let compounded = steps.map { (1 + $0) / (1 + $1) - 1 }
      for (other, values) in columns.enumerated() where other != number {
        let changes = values.dropFirst()
        guard areAlike(added, changes) || areAlike(compounded, changes) else { continue }
        let (sum, part) = (
          ImportText.brief(names[number], limit: 20), ImportText.brief(names[other], limit: 20)
        )
        throw .otherValues(
          found: "\(sum) adds up what \(part) has, bar by bar, as cumulative returns do",
          remedy: "remove \(sum), or \(pass) returns")
      }
    }
  }

  private static func areAlike(_ steps: some Sequence<Double>, _ values: ArraySlice<Double>) -> Bool {
    func areAlike(_ count: Int) -> Bool {
      var (differences, squares) = (0.0, 0.0)
      for (step, value) in zip(steps, values.prefix(count)) {
        differences += (step - value) * (step - value)
        squares += value * value
      }
      // Undefined where a number is.
      return squares > 0 && differences <= most * squares
    }
    return areAlike(glance) && areAlike(values.count)
  }
}
