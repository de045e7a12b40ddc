using AnyFetch.Core.Users;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.People;

/// <summary>How the people of a company look to its administrators.</summary>
internal static class PeoplePages
{
    public const string EmailTaken = "This e-mail is somebody's already.";

    public static IResult List(User admin, IReadOnlyList<User> people) => Page.Full(admin, "People", Html.Of($"""
        <ul class="rows">{Html.Join(people.Select(Row))}</ul>
        <p><a class="button primary" href="/manager/people/new">Add a person</a></p>
        """));

    public static IResult Unknown(User admin) => Page.Full(admin, "There is no such person", Html.Of($"""
        <p><a class="button" href="/manager/people">People</a></p>
        """), StatusCodes.Status404NotFound);

    public static IResult New(HttpContext http, User admin, PersonForm form, string? error) => Page.Full(
        admin,
        "Add a person",
        Fields(http, form, error, "/manager/people/new", "Add", isNew: true, isOwn: false),
        StatusOf(error));

    public static IResult Edit(
        HttpContext http,
        User admin,
        User person,
        PersonForm form,
        string? error,
        bool isSaved) => Page.Full(
        admin,
        NameOf(person),
        Html.Of($"""
            {Html.When(isSaved, () => Html.Of($"""<p class="notice" role="status">Saved.</p>"""))}
            {Html.When(!person.IsEmailVouched, () => Html.Of($"""
                <p class="notice">This person put in the address alone. What sources share with it stays closed here until you
                  save this page, which confirms the address.</p>
                """))}
            {Fields(http, form, error, $"/manager/people/{person.Id}", "Save", isNew: false, person.Id == admin.Id)}
            {Html.When(person.Id != admin.Id, () => Html.Of($"""
                <p><a class="button" href="/manager/people/{person.Id.ToString()}/remove">Remove</a></p>
                """))}
            """),
        StatusOf(error));

    public static IResult ConfirmRemove(HttpContext http, User person) => Page.Card($"Remove {NameOf(person)}?", Html.Of($"""
        <p>{person.Email} cannot sign in any more. The sources that they connected are disconnected, and the documents
          of those sources are removed from AnyFetch. Nothing changes at the sources themselves.</p>
        <form method="post" action="/manager/people/{person.Id.ToString()}/remove" class="choices">
          {http.Proof()}
          <a class="button" href="/manager/people">Keep</a>
          <button type="submit" class="danger">Remove</button>
        </form>
        """));

    /// <summary>Why a change was refused.</summary>
    public static string Reason(UserChange result) => result switch
    {
        UserChange.EmailTaken => EmailTaken,
        UserChange.LastAdmin => "The company would be left without an administrator.",
        _ => "This person was removed meanwhile.",
    };

    private static Html Row(User user) => Html.Of($"""
        <li><div><strong><a href="/manager/people/{user.Id.ToString()}">{NameOf(user)}</a></strong>
          <small>{user.Email}</small></div>
        {Html.When(!user.IsEmailVouched, () => Html.Of($"""<span class="pill">Address not confirmed</span>"""))}
        {Html.When(user.IsAdmin, () => Html.Of($"""<span class="pill">Administrator</span>"""))}</li>
        """);

    private static Html Fields(
        HttpContext http,
        PersonForm form,
        string? error,
        string action,
        string submit,
        bool isNew,
        bool isOwn) => Html.Of($"""
        <form method="post" action="{action}" class="fields">
          {http.Proof()}
          {Form.Text("Name", "name", form.Name)}
          {Form.Text("E-mail", "email", form.Email, "email")}
          {Form.Text(isNew ? "Password" : "New password", "password", null, "password", "new-password", isNew,
              isNew ? $"At least {PersonForm.PasswordCharsMin} characters."
              : $"Leave it empty to keep the old one. A new one has at least {PersonForm.PasswordCharsMin} characters and "
                + "ends this person's sessions.")}
          {Html.When(!isOwn, () => Form.Check("Administrator", "is_admin", form.IsAdmin,
              hint: "Manages people, the company and its settings. Sees no more documents than others."))}
          {Form.Error(error)}
          <p><button type="submit" class="primary">{submit}</button></p>
        </form>
        """);

    private static int StatusOf(string? error) => error is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;

    private static string NameOf(User user) => user.Name.Length > 0 ? user.Name : user.Email;
}
