import Artifacts

/// Rows of numbers above the first row of returns that are names: the parameters of a sweep, without a word among them.
///
/// Returns are not parameters: each row holds numbers, at least two of them and half of the row not 0, perhaps behind an
/// empty first cell. None is below 0, unless all are whole and different, or four and more that rise, or all are below 0 and
/// three or more that rise or fall, as losses at which to stop. And one of these:
/// - the row is written with at least two decimals fewer than the first row below, zeros at the end left out: of m
///   returns that are rounded to some decimals one row in 100ᵐ looks so;
/// - each of its numbers has at least two decimals more than any below, which has four at least, as rounded returns have,
///   and none is below 0: what is written in one way is not two orders finer in all columns of one row;
/// - it has four numbers and more in equal steps, none below 0, and the row below has not.
///
/// Together the rows give each column another name.
enum ParameterRows {
  /// Whether the current record may be one of them.
  static func mayBe(_ scanner: borrowing DelimitedScanner) -> Bool {
    if LeadTimes.isTime(scanner, 0) { return false }
    var numbers: [Double] = []
    for field in scanner.fields.indices {
      if field == 0, ReturnsHeader.isUndefined(scanner, 0) { continue }
      guard let number = scanner.number(field), number.isFinite else { return false }
      numbers.append(number)
    }
    let nonZero = numbers.count { $0 != 0 }
    guard nonZero >= 2, nonZero * 2 >= scanner.fields.count else { return false }
    return numbers.allSatisfy { $0 >= 0 } || areSignedNames(numbers)
  }

  /// Whether numbers of which some are below 0 may be names.
  private static func areSignedNames(_ numbers: [Double]) -> Bool {
    let areWhole = numbers.allSatisfy { $0 == $0.rounded() } && Set(numbers).count == numbers.count
    let pairs = zip(numbers, numbers.dropFirst())
    let areLosses = numbers.count >= 3 && numbers.allSatisfy { $0 < 0 }
    return areWhole || numbers.count >= 4 && pairs.allSatisfy(<)
      || areLosses && (pairs.allSatisfy(<) || pairs.allSatisfy(>))
  }

  /// How many of the first rows are names, the last row not among them.
  ///
  /// - Parameter given: rows above them that are names.
  static func count(in rows: [[String]], under given: [[String]]) -> Int {
    rows.indices.dropFirst().last { count in
      let names = rows[0].indices.map { field in (given + rows[..<count]).map { $0[field] } }
      return !rows[..<count].contains { isLike($0, rows[count]) } && Set(names).count == names.count
    } ?? 0
  }

  /// Whether a row is written as one of returns is.
  private static func isLike(_ row: [String], _ returns: [String]) -> Bool {
    !isFiner(row, returns)
      && (row.compactMap(decimals).max() ?? 0) + 2 > returns.compactMap(decimals).max() ?? 0
      && !(hasEqualSteps(row) && !row.contains { $0.hasPrefix("-") } && !hasEqualSteps(returns))
  }

  /// Whether each number of a row is written with two decimals more than any of the returns.
  private static func isFiner(_ row: [String], _ returns: [String]) -> Bool {
    let needed = (returns.compactMap(decimals).max() ?? 0) + 2
    let numbers = row.filter { !$0.isEmpty }
    // Numbers that are not rounded have 15 decimals and more.
    return (6...14).contains(needed)
      && numbers.allSatisfy { (decimals($0) ?? 0) >= needed && Double($0) ?? -1 > 0 }
  }

  /// The decimals that a number takes.
  static func decimals(_ cell: String) -> Int? {
    guard Double(cell) != nil else { return nil }
    let parts = cell.lowercased().split(separator: "e", maxSplits: 1)
    let fraction = parts[0].split(separator: ".", omittingEmptySubsequences: false).dropFirst().first ?? ""
    let digits = fraction.count - fraction.reversed().prefix { $0 == "0" }.count
    return max(0, digits - (parts.count > 1 ? Int(parts[1]) ?? 0 : 0))
  }

  private static func hasEqualSteps(_ cells: [String]) -> Bool {
    let numbers = cells.compactMap(Double.init)
    guard numbers.count == cells.count, numbers.count >= 4 else { return false }
    let step = numbers[1] - numbers[0]
    return step != 0
      && zip(numbers, numbers.dropFirst()).allSatisfy { abs($1 - $0 - step) <= 1e-9 * max(abs($0), abs($1)) }
  }

  /// The cells as names: those with an exponent, as `savetxt` writes whole numbers too, without it.
  static func names(_ cells: [String]) -> [String] {
    cells.map { cell in
      cell.lowercased().contains("e") ? Double(cell).map { Figures.short($0) } ?? cell : cell
    }
  }
}
