import Testing

@testable import Artifacts

struct CanvasTests {
  @Test func pngHasItsSignatureAndSize() throws {
    let bytes = try Canvas(width: 320, height: 200).png()
    #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    #expect(bytes[12..<16].elementsEqual("IHDR".utf8))
    #expect(bytes[16..<24].elementsEqual([0, 0, 1, 0x40, 0, 0, 0, 200]))
    #expect(bytes.suffix(8).prefix(4).elementsEqual("IEND".utf8))
  }

  @Test func fillsWholePixels() throws {
    let canvas = try Canvas(width: 8, height: 6)
    canvas.fill(Box(minX: 2, minY: 1, maxX: 5, maxY: 4), Colour(0x0072B2))
    for row in 0..<6 {
      for column in 0..<8 {
        let isInside = (2..<5).contains(column) && (1..<4).contains(row)
        #expect(canvas.pixel(column: column, row: row) == (isInside ? 0x0072B2 : 0xFFFFFF))
      }
    }
  }

  @Test func clippingHoldsMarksInside() throws {
    let canvas = try Canvas(width: 20, height: 20)
    canvas.clipped(to: Box(minX: 5, minY: 5, maxX: 15, maxY: 15)) {
      canvas.draw([Point(x: -100, y: 10), Point(x: 100, y: 10)], Stroke(.ink, width: 4))
    }
    canvas.fill(Box(minX: 0, minY: 0, maxX: 1, maxY: 1), .ink)
    #expect(canvas.pixel(column: 4, row: 10) == 0xFFFFFF)
    #expect(canvas.pixel(column: 5, row: 10) == 0x1A1A1A)
    #expect(canvas.pixel(column: 15, row: 10) == 0xFFFFFF)
    #expect(canvas.pixel(column: 0, row: 0) == 0x1A1A1A)
  }

  @Test(arguments: ["DejaVu Serif", "DejaVu Sans Mono"])
  func anotherFontIsNoticed(family: String) {
    #expect(throws: ChartError.fontMissing(family: "DejaVu Sans")) {
      try Canvas(width: 10, height: 10, fontFamily: family)
    }
  }

  @Test func anImpossibleSizeIsReported() {
    #expect(throws: ChartError.self) { try Canvas(width: 1_000_000, height: 10) }
  }

  @Test(arguments: [ChartError.fontMissing(family: "DejaVu Sans"), .drawingFailed(reason: "out of memory")])
  func messagesAreOneLineAndSayWhatToDo(error: ChartError) {
    #expect(!error.description.contains("\n"))
    #expect(error.description.contains("; "))
  }

  @Test func textMeasuresInProportionToItsSize() throws {
    let canvas = try Canvas(width: 10, height: 10)
    let single = canvas.measure("Sharpe −1.25", size: 20)
    #expect(abs(canvas.measure("Sharpe −1.25", size: 40) - 2 * single) < 1e-6)
    #expect(canvas.measure("Sharpe −1.25", size: 20, weight: .bold) > single)
    #expect(canvas.measure("", size: 20) == 0)
  }

  @Test(arguments: [
    "short", String(repeating: "several words ", count: 90), String(repeating: "unbroken", count: 90), "",
    "line\nbreak\tand\u{7}bell",
  ])
  func fittedTextFits(text: String) throws {
    let canvas = try Canvas(width: 10, height: 10)
    for (width, lines) in [(900.0, 1), (900, 2), (120, 2), (60, 3)] {
      let fitted = canvas.fit(text, .title, width: width, lineLimit: lines)
      #expect((1...lines).contains(fitted.lines.count))
      #expect(fitted.style.size >= TextStyle.title.size * 0.75 - 1e-9)
      for line in fitted.lines {
        #expect(canvas.measure(line, fitted.style) <= width)
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 })
      }
    }
  }
}
