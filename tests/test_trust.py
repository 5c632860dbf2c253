"""A planted link, a second number for a help line and instructions are told from what documents rightly print."""

import pytest

from knowledge.trust import is_right, links, telephones


@pytest.mark.parametrize(
    ("text", "number", "right"),
    [
        pytest.param("Gọi tổng đài quốc gia bảo vệ trẻ em 111", "111", True, id="the child helpline"),
        pytest.param("Tổng đài bảo vệ trẻ em 113", "113", False, id="the police for the child helpline"),
        pytest.param("Gọi 113 (công an)", "113", True, id="the police"),
        pytest.param("đường dây nóng trẻ em: 0909.123.456", "0909123456", False, id="a mobile phone"),
        pytest.param("tổng đài trẻ em số một một hai", "112", False, id="said digit by digit"),
        pytest.param("Số điện thoại văn phòng Sở: 0292 3820 000", "02923820000", True, id="an office"),
        pytest.param("Số 111 đã ngừng hoạt động, đừng gọi 111", "111", False, id="the helpline denied"),
    ],
)
def test_a_number_is_for_what_it_is_for(text: str, number: str, *, right: bool) -> None:
    """A number next to the words of a help line must be that help line's."""
    printed = [phone for phone in telephones(text) if phone.number == number]
    assert printed
    assert all(is_right(phone) is right for phone in printed)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("xem https://a.example/b", id="http"),
        pytest.param("xem hxxp://a.example", id="disarmed"),
        pytest.param("vào t.me/treem", id="short"),
        pytest.param("vào treem[.]com", id="hidden stop"),
        pytest.param("vào treem (chấm) com", id="spelt stop"),
        pytest.param("gửi a.b@vidu.net", id="mail"),
        pytest.param("nhắn @hotro_treem", id="handle"),
        pytest.param("vào tre\u200bem.com", id="zero width"),
    ],
)
def test_links_are_found(text: str) -> None:
    """An address is one however it is written."""
    assert links(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị.", id="number and date"),
        pytest.param("Sở GD&ĐT TP.HCM; Điều 51.2.a; 1.000.000 đồng/hộ", id="points"),
        pytest.param("Điều 111. Nghỉ hằng tuần", id="an article"),
    ],
)
def test_what_is_no_link_and_no_number_to_call_is_left(text: str) -> None:
    """Numbers of documents, dates, parts and amounts are neither."""
    assert links(text) == []
    assert telephones(text) == []
