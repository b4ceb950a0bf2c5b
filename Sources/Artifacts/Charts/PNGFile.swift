import CPNG

/// Opaque pictures as PNG files, and the only place that talks to libpng.
enum PNGFile {
  /// The file of a picture.
  ///
  /// Charts are flat areas and thin lines, where guessing a pixel from its neighbours gains little. Cairo's own writer
  /// tries every guess on every row and takes several times as long for files a fifth smaller.
  ///
  /// - Parameter colours: a byte each of red, green and blue, row after row from the top.
  /// - Throws: `ChartError.encodingFailed` with libpng's words.
  static func bytes(width: Int, height: Int, colours: [UInt8]) throws(ChartError) -> [UInt8] {
    precondition(colours.count == 3 * width * height, "three bytes a pixel")
    var picture = unsafe png_image()
    unsafe picture.version = png_uint_32(PNG_IMAGE_VERSION)
    unsafe picture.width = png_uint_32(width)
    unsafe picture.height = png_uint_32(height)
    unsafe picture.format = png_uint_32(PNG_FORMAT_RGB)
    unsafe picture.flags = png_uint_32(PNG_IMAGE_FLAG_FAST)
    let most = unsafe flukePNGMostBytes(picture)
    var isWritten = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      count = most
      isWritten =
        unsafe png_image_write_to_memory(&picture, buffer.baseAddress, &count, 0, colours, 0, nil) != 0
      if !isWritten { count = 0 }
    }
    guard isWritten else {
      let reason = unsafe withUnsafeBytes(of: picture.message) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw .encodingFailed(reason: reason)
    }
    // Without the room that is left over.
    return unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
  }
}
