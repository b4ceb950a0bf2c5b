import Artifacts

/// The first row of a table that gives a strategy a row instead of a column: the times of the bars, their numbers, or
/// already the first strategy, with its name in the first cell. Below times that begin in the first cell strategies have no
/// names.
struct TransposedHeader {
  /// In microseconds since 1970, in the order of the columns; `nil` if there are none.
  let times: [Int64]?

  /// A row of times: two or more, in order. Small numbers are names, but for months as `201708`.
  init?(dates cells: [String], settings: TimeSettings) {
    let found = Array(cells.dropFirst())
    // `set-10`, `set-20` are names, though an Italian September is spelled so.
    let words = Set(found.map { $0.prefix { $0.isLetter } })
    if words.count == 1, let word = words.first, MonthName.isForeign(word) { return nil }
    guard found.count > 1,
      found.allSatisfy({ cell in
        guard let number = Int(cell) else { return true }
        return number >= 10_000_000 || (190_001...210_012).contains(number) && (1...12).contains(number % 100)
      }), let times = LeadTimes.times(ofCells: found, settings: settings)
    else { return nil }
    self.times = times.timestamps
  }

  /// A row of bars' numbers, from 0 or from 1 on.
  init?(counting cells: [String]) {
    let numbers = cells.dropFirst().map { Int($0) }
    guard numbers.count > 1, let first = numbers[0], first == 0 || first == 1,
      numbers.indices.allSatisfy({ numbers[$0] == first + $0 })
    else { return nil }
    times = nil
  }

  /// A row of returns after a name.
  init?(namedRow cells: [String]) {
    let numbers = cells.dropFirst().map { Double($0) }
    guard numbers.count > 1, zip(numbers, cells.dropFirst()).allSatisfy({ $0 != nil || $1.isEmpty }),
      numbers.contains(where: { $0.map { $0 != $0.rounded() } ?? false })
    else { return nil }
    times = nil
  }

  /// Whether the current record begins with a word.
  static func isName(_ scanner: borrowing DelimitedScanner) -> Bool {
    scanner.number(0) == nil && !ReturnsHeader.isUndefined(scanner, 0) && !LeadTimes.isTime(scanner, 0)
  }
}
