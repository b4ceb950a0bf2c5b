import Statistics

/// Which side of a table without names and times the bars are on.
///
/// The shape alone does not tell: 2,500 bars of 10,000 strategies are wider than high. Refused without `--rows` is
/// - a table of less than 30 rows with more than 10 times as many columns, of which no statistic could be made;
/// - a table of more than twice as many columns as rows whose columns are bars by their means: a tenth of them more than
///   4 standard errors above 0 and a tenth more than 4 below, as strategies rise and fall together;
/// - or of which half have a roughness of at most 0.5 (``ColumnShape/roughness``), as strategies beside one another
///   are alike.
///
/// A table of more than 8 times as many columns as rows is told.
enum TableSides {
  /// Whether it has to be said that rows were taken for bars.
  ///
  /// - Throws: ``ReturnsFault/sides(rows:columns:reason:)``.
  static func isRemarkable(_ matrix: ReturnMatrix) throws(ReturnsFault) -> Bool {
    let (rows, columns) = (matrix.bars, matrix.strategies)
    guard columns > 2 * rows, rows > 1 else { return false }
    if rows < 30, columns > 10 * rows {
      throw .sides(rows: rows, columns: columns, reason: "too few bars for any statistic")
    }
    let shapes = ColumnShape.all(matrix).filter(\.varies)
    let high = shapes.count { $0.standardErrors > 4 }
    let low = shapes.count { $0.standardErrors < -4 }
    if min(high, low) * 10 > columns {
      throw .sides(rows: rows, columns: columns, reason: "columns rise and fall as bars do")
    }
    if rows >= 20, shapes.count(where: { $0.roughness <= 0.5 }) * 2 > columns {
      throw .sides(
        rows: rows, columns: columns, reason: "rows beside one another are alike, as strategies are")
    }
    return columns > 8 * rows
  }
}

extension ColumnShape {
  /// The mean in standard errors.
  fileprivate var standardErrors: Double { mean / (deviation / Double(count).squareRoot()) }
}

extension ImportedReturns {
  /// The same numbers with bars and strategies changed for one another; a first row of times or of bars' numbers is no
  /// strategy.
  func turned(_ settings: TimeSettings) throws -> ImportedReturns {
    var table = KeptColumns(
      names: (0..<bars).map(String.init), numbers: matrix.values, rows: bars, undefinedCounts: undefinedCounts
    )
    table.transpose()
    return try table.returns(settings, reading)
  }
}
