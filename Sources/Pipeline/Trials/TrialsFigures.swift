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
    var size = 0
    do {
      var scanner = try DelimitedScanner(separator: UInt8(ascii: ",")) {
        let chunk = try refill()
        size += chunk.count
        return chunk
      }
      var columns = cells.map { _ in TrialFigure.allCases.map { _ in [Double]() } }
      var withoutWinner = cells.map { _ in 0 }
      var expected = TrialsTable.header
      var length = expected.count
      guard try scanner.next(), Self.isSame(scanner, expected) else { throw Damage(row: 1) }
      for row in 0..<trials * cells.count {
        let (trial, cell) = row.quotientAndRemainder(dividingBy: cells.count)
        guard try scanner.next(), scanner.fields.count == TrialsTable.width else {
          throw Damage(row: row + 2)
        }
        let found = TrialRow(
          scanner, trial: first + trial,
          seeds: TrialSeeds(seed: configuration.sweep.strategies.seed, number: first + trial),
          cell: cells[cell])
        // Whatever a checksum says: nothing but what is written for these figures.
        expected = TrialsTable.lines([found], hasMarketSeed: configuration.market != .fixed)
        guard Self.isSame(scanner, expected), found.isPlausible else { throw Damage(row: row + 2) }
        length += expected.count
        if found.winner == nil { withoutWinner[cell] += 1 }
        for figure in columns[cell].indices { columns[cell][figure].append(found.figures[figure]) }
      }
      guard try !scanner.next(), size == length else { throw Damage(row: trials * cells.count + 2) }
      self.columns = columns
      self.withoutWinner = withoutWinner
    } catch let error as TableError {
      throw Damage(row: error.line ?? 1)
    }
  }

  /// Whether the record is `line`, but for its end.
  private static func isSame(_ scanner: borrowing DelimitedScanner, _ line: [UInt8]) -> Bool {
    guard let first = scanner.fields.first, let last = scanner.fields.last else { return false }
    // What encloses a field in quotes is none of it: none of ours is.
    return scanner.bytes[first.start..<last.end].elementsEqual(line.dropLast())
  }

  /// A table that is not that of its trials.
  struct Damage: Error {
    /// The first row that is not what it has to be; the names of columns are row 1.
    let row: Int
  }

  /// One figure of a cell, by trial; NaN where undefined.
  func values(_ figure: TrialFigure, cell: Int) -> [Double] { columns[cell][figure.place] }
}
