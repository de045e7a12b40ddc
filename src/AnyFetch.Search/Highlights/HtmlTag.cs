namespace AnyFetch.Search.Highlights;

/// <summary>Finds the end of a tag as browsers do (HTML Living Standard §13.2.5, tag and attribute states).</summary>
internal static class HtmlTag
{
    private enum State
    {
        TagName,
        BeforeName,
        Name,
        AfterName,
        BeforeValue,
        DoubleQuoted,
        SingleQuoted,
        Unquoted,
    }

    /// <summary>The place after the closing bracket; the end of the text when there is none.</summary>
    public static int End(string html, int start)
    {
        var state = State.TagName;
        for (var i = html[start] == '/' ? start + 1 : start; i < html.Length; i++)
        {
            if (html[i] == '>' && state is not (State.DoubleQuoted or State.SingleQuoted))
                return i + 1;
            state = Next(state, html[i]);
        }

        return html.Length;
    }

    private static State Next(State state, char c) => state switch
    {
        State.DoubleQuoted => c == '"' ? State.BeforeName : state,
        State.SingleQuoted => c == '\'' ? State.BeforeName : state,
        State.Unquoted => IsBlank(c) ? State.BeforeName : state,
        State.BeforeValue => c switch
        {
            '"' => State.DoubleQuoted,
            '\'' => State.SingleQuoted,
            _ => IsBlank(c) ? state : State.Unquoted,
        },
        State.TagName => IsBlank(c) || c == '/' ? State.BeforeName : state,
        _ when c == '/' => State.BeforeName,
        _ when IsBlank(c) => state == State.Name ? State.AfterName : state,

        // An equals sign where a name should begin is a part of the name.
        _ when c == '=' && state != State.BeforeName => State.BeforeValue,
        _ => State.Name,
    };

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\f' or '\r';
}
