import Artifacts

/// The figures of all trials, read from their table.
struct TrialsFigures: Sendable {
  /// How many trials.
  let trials: Int
  /// By cell, by ``TrialFigure`` in its order, by trial.
  private let columns: [[[Double]]]
  /// By cell the trials in which nothing could be chosen.
  let withoutWinner: [Int]

  /// Reads the table that `refill` hands out in chunks.
  ///
  /// - Parameter first: the number of the first trial in it.
  /// - Throws: ``Damage`` if it is not that of these trials.
  init(
    _ configuration: TrialsConfiguration, first: Int = 0, trials: Int, refill: @escaping () throws -> [UInt8]
  ) throws {
    let cells = configuration.cells
    self.trials = trials
    do {
      var scanner = try DelimitedScanner(separator: UInt8(ascii: ","), refill: refill)
      var columns = cells.map { _ in TrialFigure.allCases.map { _ in [Double]() } }
      var withoutWinner = cells.map { _ in 0 }
      let width = TrialsTable.keys.count
      guard try scanner.next(), scanner.fields.count == width + TrialFigure.allCases.count else {
        throw Damage(row: 1)
      }
      for row in 0..<trials * cells.count {
        let (trial, cell) = row.quotientAndRemainder(dividingBy: cells.count)
        guard try scanner.next(), scanner.fields.count == width + TrialFigure.allCases.count,
          scanner.number(0) == Double(first + trial), scanner.number(3) == cells[cell].edge,
          scanner.number(4) == Double(cells[cell].strategies)
        else { throw Damage(row: row + 2) }
        if scanner.text(6).isEmpty { withoutWinner[cell] += 1 }
        for figure in columns[cell].indices {
          columns[cell][figure].append(scanner.number(width + figure) ?? .nan)
        }
      }
      guard try !scanner.next() else { throw Damage(row: trials * cells.count + 2) }
      self.columns = columns
      self.withoutWinner = withoutWinner
    } catch let error as TableError {
      throw Damage(row: error.line ?? 1)
    }
  }

  /// A table that is not that of its trials.
  struct Damage: Error {
    /// The first row that is not what it has to be; the names of columns are row 1.
    let row: Int
  }

  /// One figure of a cell, by trial; NaN where undefined.
  func values(_ figure: TrialFigure, cell: Int) -> [Double] { columns[cell][figure.place] }
}
