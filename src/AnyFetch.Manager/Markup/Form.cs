namespace AnyFetch.Manager.Markup;

/// <summary>The parts that forms are made of.</summary>
internal static class Form
{
    /// <summary>A line to type into.</summary>
    public static Html Text(string label, string name, string? value, string type = "text", string autocomplete = "off",
        bool isRequired = true, string? hint = null) => Html.Of($"""
        <label>{label}
          <input name="{name}" type="{type}" value="{value}" autocomplete="{autocomplete}" {Required(isRequired)}>
          {Html.When(hint is not null, () => Html.Of($"<small>{hint}</small>"))}
        </label>
        """);

    /// <summary>Lines to type into.</summary>
    public static Html Lines(string label, string name, IEnumerable<string> lines, string hint) => Html.Of($"""
        <label>{label}
          <textarea name="{name}" rows="5" autocomplete="off" spellcheck="false">{string.Join('\n', lines)}</textarea>
          <small>{hint}</small>
        </label>
        """);

    /// <summary>A box to tick.</summary>
    public static Html Check(string label, string name, bool isChecked, string value = "true", string? hint = null) =>
        Html.Of($"""
        <label class="check">
          <input type="checkbox" name="{name}" value="{value}" {(isChecked ? Html.Of($"checked") : Html.None)}>
          <span>{label}{Html.When(hint is not null, () => Html.Of($"<small>{hint}</small>"))}</span>
        </label>
        """);

    /// <summary>A value that goes with the form unseen.</summary>
    public static Html Hidden(string name, string? value) =>
        Html.When(value is not null, () => Html.Of($"""<input type="hidden" name="{name}" value="{value}">"""));

    /// <summary>What is wrong with what was typed, if something is.</summary>
    public static Html Error(string? message) =>
        Html.When(message is not null, () => Html.Of($"""<p class="error" role="alert">{message}</p>"""));

    private static Html Required(bool isRequired) => isRequired ? Html.Of($"required") : Html.None;
}
