namespace AnyFetch.Notes;

/// <summary>The place of a picture or an attachment within a note.</summary>
/// <param name="Hash">The MD5 of its content, in hexadecimal digits.</param>
/// <param name="Alternative">What stands for it where it cannot be shown.</param>
internal sealed record NoteMedia(string Hash, string Alternative);
