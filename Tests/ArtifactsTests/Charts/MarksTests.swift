import Testing

@testable import Artifacts

/// Marks on an area of 100 × 100 pixels, one pixel a hundredth.
struct MarksTests {
  private func drawn(_ draw: (PlotArea) -> Void) throws -> Canvas {
    let canvas = try Canvas(width: 100, height: 100)
    draw(
      PlotArea(
        canvas: canvas, box: Box(minX: 0, minY: 0, maxX: 100, maxY: 100), x: Scale(covering: [0, 1]),
        y: Scale(covering: [0, 1])))
    return canvas
  }

  @Test func stepsAreFlatUntilTheNextValue() throws {
    let canvas = try drawn { $0.steps([0.2, 0.6], [0.5, 0.9], Stroke(Colour(0xFF0000), width: 4)) }
    for (column, row) in [(10, 99), (40, 50), (20, 75), (60, 30), (80, 10)] {
      #expect(canvas.pixel(column: column, row: row) == 0xFF0000, "\(column), \(row)")
    }
    for (column, row) in [(40, 70), (40, 30), (80, 50)] {
      #expect(canvas.pixel(column: column, row: row) == 0xFFFFFF, "\(column), \(row)")
    }
  }

  @Test func aRibbonFillsBetweenAndStopsAtGaps() throws {
    let canvas = try drawn {
      $0.ribbon(
        [0, 0.4, 0.5, 0.6, 1], from: [0.2, 0.2, .nan, 0.2, 0.2], to: [0.8, 0.8, 1, 0.8, 0.8], .blue)
    }
    for (column, row) in [(20, 50), (20, 22), (80, 78)] {
      #expect(canvas.pixel(column: column, row: row) == 0x0072B2)
    }
    for (column, row) in [(50, 50), (20, 10), (80, 90)] {
      #expect(canvas.pixel(column: column, row: row) == 0xFFFFFF)
    }
  }

  @Test func aRowBandIsBetweenItsValues() throws {
    let canvas = try drawn { $0.rowBand(from: 0.2, to: 0.4, .blue) }
    #expect((0..<100).count { canvas.pixel(column: 50, row: $0) == 0x0072B2 } == 20)
    #expect(canvas.pixel(column: 1, row: 70) == 0x0072B2)
    let inverted = try drawn { $0.rowBand(from: 0.4, to: 0.2, .blue) }
    #expect(inverted.colours(columns: 0..<100, rows: 0..<100) == [0xFFFFFF])
  }

  @Test func anEstimateHasADotAndABar() throws {
    let canvas = try drawn { $0.estimate(at: 0.5, Estimate(0.5, lower: 0.2, upper: 0.9), .blue) }
    #expect(canvas.pixel(column: 50, row: 50) == 0x0072B2)
    #expect(canvas.colours(columns: 49..<51, rows: 15..<25).contains(0x0072B2))
    #expect(canvas.colours(columns: 49..<51, rows: 70..<79).contains(0x0072B2))
    #expect(canvas.colours(columns: 0..<100, rows: 84..<100) == [0xFFFFFF])
    let bare = try drawn { $0.estimate(at: 0.5, Estimate(0.5), .blue) }
    #expect(bare.colours(columns: 0..<100, rows: 0..<38) == [0xFFFFFF])
    let none = try drawn { $0.estimate(at: 0.5, Estimate(.nan, lower: 0, upper: 1), .blue) }
    #expect(none.colours(columns: 0..<100, rows: 0..<100) == [0xFFFFFF])
  }

  @Test func anIntervalOnTopSpansItsValues() throws {
    let canvas = try drawn { $0.topInterval(from: 0.3, to: 0.7, .blue) }
    let seen = (0..<100).filter { canvas.pixel(column: $0, row: 25) == 0x0072B2 }
    #expect(abs(seen[0] - 30) <= 2 && abs(seen[seen.count - 1] - 69) <= 2)
    let none = try drawn { $0.topInterval(from: .nan, to: 0.7, .blue) }
    #expect(none.colours(columns: 0..<100, rows: 0..<100) == [0xFFFFFF])
  }
}

extension Canvas {
  /// The colours of a rectangle of pixels.
  func colours(columns: Range<Int>, rows: Range<Int>) -> Set<UInt32> {
    Set(rows.flatMap { row in columns.map { pixel(column: $0, row: row) } })
  }
}
