import pytest

from directory.people import passwords
from directory.people.passwords import check_password, hash_password, needs_rehash, verify
from geo.errors import BadInputError


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own() -> None:
    one, other = hash_password("vier woorden op een rij"), hash_password("vier woorden op een rij")
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert one != other
    assert verify("vier woorden op een rij", one)
    assert not verify("vier woorden op een rij ", one)
    assert "woorden" not in one


@pytest.mark.usefixtures("light_passwords")
def test_one_letter_in_two_spellings_is_the_same() -> None:
    assert verify("cle\u0301 de la maison", hash_password("cl\u00e9 de la maison"))


@pytest.mark.usefixtures("light_passwords")
def test_where_nothing_is_kept_nothing_fits() -> None:
    assert not verify("", "")
    assert not verify("nobody signs in with this", "")
    assert not verify("x" * 8_000_000, "")


def test_other_parameters_are_noticed(light_passwords: None) -> None:
    del light_passwords
    weak = hash_password("vier woorden op een rij")
    assert not needs_rehash(weak)
    passwords._hasher.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "PASSES", 2)
        assert needs_rehash(weak)
        passwords._hasher.cache_clear()
    assert not needs_rehash("")


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("kort", "found 4"),
        ("x" * 201, "found 201"),
        ("Motdepasse1234", "first that are tried"),
        ("WACHTWOORD123", "first that are tried"),
        ("abababababababab", "first that are tried"),
        ("ana@exemple.be", "first that are tried"),
    ],
)
def test_a_bad_password_is_refused_without_repeating_it(password: str, found: str) -> None:
    with pytest.raises(BadInputError, match=found) as caught:
        check_password(password, names=("ana@exemple.be",))
    assert password not in str(caught.value)


def test_the_shortest_and_the_longest_are_taken() -> None:
    check_password("twaalf-kalf!")
    check_password("ab cd efgh " * 18 + "ij")
