import Artifacts
import Stores

/// A user's file: how it is named in messages, and its bytes.
enum InputFile {
  /// The part of a path by which messages name the file.
  static func name(ofPath path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? "\"\(path)\""
  }

  /// The file's name without folder and extension, with all but letters, digits, `.`, `_` and `-` of ASCII
  /// replaced by `-`, so that it can be a part of an artifact's key.
  static func stem(ofPath path: String) -> String {
    var name = Substring(name(ofPath: path))
    if let point = name.lastIndex(of: "."), point > name.startIndex { name = name[..<point] }
    let safe = name.unicodeScalars.map { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": Character(scalar)
      default: "-" as Character
      }
    }
    let stem = String(safe.drop { $0 == "." || $0 == "-" }.prefix(100))
    return stem.isEmpty ? "market" : stem
  }

  /// Hands out the file's bytes in chunks.
  static func chunks(ofPath path: String) throws(ImportError) -> () throws -> [UInt8] {
    let file = name(ofPath: path)
    do throws(StoreError) {
      let reader = SharedReader(try FileReader(path: path))
      return {
        do throws(StoreError) { return try reader.file.next() } catch { throw failure(error, file: file) }
      }
    } catch {
      throw failure(error, file: file)
    }
  }

  /// All bytes of the file, at most `limit`.
  static func contents(ofPath path: String, limit: Int) throws(ImportError) -> [UInt8] {
    do throws(StoreError) {
      return try FileReader.contents(ofFile: path, limit: limit)
    } catch {
      throw failure(error, file: name(ofPath: path))
    }
  }

  private static func failure(_ error: StoreError, file: String) -> ImportError {
    switch error {
    case .tooLarge(_, let limit): .tooLarge(file, limit: limit)
    case .cannotOpen(_, let cause), .inputOutput(_, let cause), .cannotCreate(_, let cause):
      cause.isMissing ? .missingFile(file) : cause.isDirectory ? .isDirectory(file) : .unreadable(file, cause)
    case .badKey, .cannotPrint: .missingFile(file)
    }
  }
}

/// Lets an escaping closure hold a reader, which cannot be copied.
private final class SharedReader {
  let file: FileReader

  init(_ file: consuming FileReader) {
    self.file = file
  }
}
