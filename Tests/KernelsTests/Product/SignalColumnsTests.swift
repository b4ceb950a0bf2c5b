import Kernels
import TestSupport
import Testing

/// Packed signals come back as they were given.
@Suite struct SignalColumnsTests {
  private static let shapes = [(1, 1), (1, 64), (3, 65), (63, 63), (64, 64), (65, 129), (130, 200), (200, 7)]

  private static func signals(_ strategies: Int, _ bars: Int, isShort: Bool) -> [[Int8]] {
    var random = SeededGenerator(seed: UInt64(strategies * 1_000 + bars))
    return (0..<strategies).map { _ in
      (0..<bars).map { _ in Int8.random(in: (isShort ? -1 : 0)...1, using: &random) }
    }
  }

  private static func rows(_ signals: [[Int8]]) -> SignalRows {
    var rows = SignalRows(width: signals[0].count)
    for row in signals { rows.append(row) }
    return rows
  }

  @Test(arguments: shapes.indices, [false, true]) func comeBack(shape: Int, isShort: Bool) {
    let (strategies, bars) = Self.shapes[shape]
    let signals = Self.signals(strategies, bars, isShort: isShort)
    let columns = SignalColumns(signals)
    #expect(columns.count == strategies && columns.length == bars)
    #expect((0..<strategies).map { columns[$0] } == signals)
    #expect(columns.strategies == Self.rows(signals))
    #expect(columns.everShort == signals.count { $0.contains(-1) })
    let turned = (0..<bars).map { bar in signals.map { $0[bar] } }
    #expect(SignalColumns(bars: Self.rows(turned)) == columns)
    #expect(Self.rows(turned).transposed == Self.rows(signals))
  }

  @Test func aFirstShortRowLeavesTheOthersLong() {
    let signals: [[Int8]] = [[1, 0, 1], [0, -1, 1], [1, 1, 1]]
    let rows = Self.rows(signals)
    #expect(rows[0].shorts.isEmpty && rows[1].shorts == [0b010] && rows[1].longs == [0b100])
    #expect(SignalColumns(strategies: rows.rows([2, 0])) == SignalColumns([signals[2], signals[0]]))
    // What is never short is held without bits for it, however it came about.
    #expect(rows.rows([0, 2]) == Self.rows([signals[0], signals[2]]))
  }
}
