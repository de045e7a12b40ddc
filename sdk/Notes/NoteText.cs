using System.Text;

namespace AnyFetch.Notes;

/// <summary>The plain text of a note: white space is one space, and every block is a line of its own.</summary>
internal sealed class NoteText(int charactersMax)
{
    private readonly StringBuilder _text = new();
    private bool _isSpaceDue;
    private bool _isBreakDue;

    public void Write(string text)
    {
        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter))
            {
                _isSpaceDue = true;
                continue;
            }

            if (_text.Length >= charactersMax)
            {
                return;
            }

            Separate();
            _text.Append(letter);
        }
    }

    public void BreakLine() => _isBreakDue = true;

    public override string ToString() =>
        _text.Length > 0 && char.IsHighSurrogate(_text[^1]) ? _text.ToString(0, _text.Length - 1) : _text.ToString();

    private void Separate()
    {
        if (_text.Length > 0 && (_isBreakDue || _isSpaceDue))
        {
            _text.Append(_isBreakDue ? '\n' : ' ');
        }

        (_isSpaceDue, _isBreakDue) = (false, false);
    }
}
