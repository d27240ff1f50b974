// The date picker of Wagtail 8.0.1 replaces a date that it cannot parse by today when the field loses
// focus. The form parses more formats than the picker, and reports invalid dates.
// https://github.com/wagtail/wagtail/issues/8056
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
