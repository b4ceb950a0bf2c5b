import CPNG
import Testing

@testable import Artifacts

struct PNGFileTests {
  @Test(arguments: [(1, 1), (7, 5), (320, 200)])
  func aReaderFindsTheSameColours(width: Int, height: Int) throws {
    let canvas = try Canvas(width: width, height: height)
    for index in 0..<width {
      canvas.fill(
        Box(minX: Double(index), minY: Double(index % height), maxX: Double(width), maxY: Double(height)),
        Colour(UInt32(truncatingIfNeeded: 0x01_2345 * (index + 1)) & 0xFF_FFFF))
    }
    let drawn = (0..<height).flatMap { row in (0..<width).map { canvas.pixel(column: $0, row: row) } }
    #expect(try colours(of: canvas.png()) == drawn)
  }

  @Test func whatLibpngRefusesIsReportedInItsWords() {
    #expect(throws: ChartError.encodingFailed(reason: "Invalid IHDR data")) {
      try PNGFile.bytes(width: 0, height: 0, colours: [])
    }
  }

  private func colours(of file: [UInt8]) -> [UInt32] {
    var picture = unsafe png_image()
    unsafe picture.version = png_uint_32(PNG_IMAGE_VERSION)
    guard unsafe png_image_begin_read_from_memory(&picture, file, file.count) != 0 else { return [] }
    unsafe picture.format = png_uint_32(PNG_FORMAT_RGB)
    var bytes = [UInt8](repeating: 0, count: unsafe Int(3 * picture.width * picture.height))
    guard unsafe png_image_finish_read(&picture, nil, &bytes, 0, nil) != 0 else { return [] }
    return stride(from: 0, to: bytes.count, by: 3).map { first in
      bytes[first..<(first + 3)].reduce(0) { $0 << 8 | UInt32($1) }
    }
  }
}
