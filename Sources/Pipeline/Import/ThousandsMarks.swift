import Artifacts

/// Columns whose points may set thousands apart: `1.011` beside `999`.
///
/// A column is open to both readings if a number without a point has three digits, another one has a point before its
/// last three digits and one to three before it, none has a point elsewhere, and none is a fraction below 1. Only numbers
/// of 1 and more are looked at as text, which returns are not.
struct ThousandsMarks {
  /// For each column the first line of a number with such a point, and of one of three digits without; 0 for none.
  private var columns: [(pointed: Int, plain: Int, isSettled: Bool)] = []

  /// Takes the number of 1 and more, by size, in the current record.
  mutating func append(_ scanner: borrowing DelimitedScanner, _ field: Int, column: Int) {
    while columns.count <= column { columns.append((0, 0, false)) }
    if columns[column].isSettled { return }
    let place = scanner.fields[field]
    var (digits, decimals) = (0, -1)
    for index in place.start..<place.end {
      switch scanner.bytes[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): if decimals < 0 { digits += 1 } else { decimals += 1 }
      case UInt8(ascii: "."): decimals = 0
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: " "): break
      default: decimals = 0
      }
    }
    if decimals < 0 {
      if digits == 3, columns[column].plain == 0 { columns[column].plain = scanner.line }
    } else if decimals == 3, digits <= 3 {
      if columns[column].pointed == 0 { columns[column].pointed = scanner.line }
    } else {
      columns[column].isSettled = true
    }
  }

  /// What is said of such a column, with the line of a number without a point.
  static func words(column: String, plain: Int) -> String {
    "\(column) has a point before its last three digits and three digits without a point in line \(plain), expected "
      + "numbers of which all are read alike; write thousands without the point, or decimals with four digits behind it"
  }

  /// The first column that is open, with the lines that show it.
  ///
  /// - Parameter hasFraction: whether a column has a number below 1, by size, that is not 0.
  func open(_ hasFraction: (_ column: Int) -> Bool) -> (column: Int, pointed: Int, plain: Int)? {
    let column = columns.indices.first { column in
      let found = columns[column]
      return !found.isSettled && found.pointed > 0 && found.plain > 0 && !hasFraction(column)
    }
    return column.map { ($0, columns[$0].pointed, columns[$0].plain) }
  }
}
